fn main() {
    match aushang::source::load(std::path::Path::new(&std::env::args().nth(1).unwrap())) {
        Ok(x) => println!("{x:#?}"),
        Err(e) => println!("{e}"),
    }
}
