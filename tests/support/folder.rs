//! Folders and the files in them.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Returns every file below a folder, by its path in it.
pub(crate) fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_now) = open.pop() {
        for entry in fs::read_dir(folder_now).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name =
                    path.strip_prefix(folder).expect("below it").to_string_lossy().into_owned();
                files.push((name, fs::read(&path).expect("a file")));
            }
        }
    }
    files.sort();
    files
}

/// Copies every file of a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        write(&path, &bytes);
    }
}

/// Writes a file as if it had been there for long: one that was written just now is perhaps half of one.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).expect("a writable file");
    let file = fs::File::options().write(true).open(path).expect("a writable file");
    file.set_modified(SystemTime::UNIX_EPOCH).expect("a time");
}

/// Makes a copy of the shipped feeds that a service may write to, as if nothing had been published: in
/// this checkout, somebody may have run it.
pub(crate) fn copy_shipped(to: &Path) {
    copy(Path::new("feeds"), to);
    for (name, _) in tree(to) {
        if name.starts_with('.') || name == "record.jsonl" {
            fs::write(to.join(name), "").expect("a file");
        }
    }
}
