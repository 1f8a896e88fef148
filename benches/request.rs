//! The cost of a GET of the shipped calendar (4.5 KB) on a kept connection: user instructions, counted by callgrind,
//! and allocations. The goals: at most 14,000 instructions and 5 allocations, for a 304 likewise.
//!
//! Requests per second swing twofold between rounds on shared machines; counts of instructions do not. The benchmark
//! starts itself as a server, plainly and under valgrind, and requests the calendar. The difference between two runs,
//! the second with twice as many requests, is the cost of the requests without that of the start.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use aushang::app;
use aushang::config::{Config, Flags};
use aushang::http;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::alloc::System;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const PATH: &str = "/feeds/veranstaltungen.ics";
const REQUESTS: usize = 1_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if arguments.iter().any(|one| one == "--serve") {
        return serve();
    }
    // `cargo test --benches` only starts it.
    if !arguments.iter().any(|one| one == "--bench") {
        return;
    }
    for (name, condition) in [("GET", ""), ("304", "If-None-Match: *\r\n")] {
        let allocations = per_request(&[], condition, allocations);
        println!("{name}: {} allocations, {} bytes", allocations[0], allocations[1]);
        // Only the total that callgrind prints is wanted, not its profile.
        let valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"];
        let instructions = per_request(&valgrind, condition, instructions);
        println!("{name}: {} user instructions", instructions[0]);
    }
}

/// Returns the cost of one request, without that of the start.
fn per_request<const N: usize>(
    tool: &[&str],
    condition: &str,
    read: fn(&str) -> [usize; N],
) -> [usize; N] {
    let [once, twice] = [1, 2].map(|times| read(&run(tool, condition, times * REQUESTS)));
    std::array::from_fn(|at| (twice[at] - once[at]) / REQUESTS)
}

/// Runs the server for so many requests, and returns its output.
fn run(tool: &[&str], condition: &str, requests: usize) -> String {
    let mut server = start(tool);
    let mut lines = BufReader::new(server.stdout.take().expect("it is piped"));
    let mut address = String::new();
    lines.read_line(&mut address).expect("an address");
    ask(address.trim(), condition, requests);
    drop(server.stdin.take());
    let mut said = String::new();
    lines.read_to_string(&mut said).expect("text");
    let output = server.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    said + &String::from_utf8_lossy(&output.stderr)
}

fn start(tool: &[&str]) -> Child {
    let program = std::env::current_exe().expect("a program");
    let mut command = match tool {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    };
    let command = command.arg("--serve").stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().expect("valgrind is installed")
}

/// Sends so many requests on one connection, each after the answer to the one before.
fn ask(address: &str, condition: &str, requests: usize) {
    let mut stream = TcpStream::connect(address).expect("a server");
    stream.set_nodelay(true).expect("a socket");
    let request = format!("GET {PATH} HTTP/1.1\r\nHost: example.org\r\n{condition}\r\n");
    let mut answer = vec![0; 64 << 10];
    for _ in 0..requests {
        stream.write_all(request.as_bytes()).expect("a connection");
        let mut len = 0;
        while !is_whole(&answer[..len]) {
            len += stream.read(&mut answer[len..]).expect("an answer");
        }
    }
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    assert!(head.starts_with("HTTP/1.1 304") || head.starts_with("HTTP/1.1 200"), "{head}");
    // An answer without Content-Length is a 304, and its head is all of it.
    length.is_none_or(|length| body.len() == length.parse::<usize>().expect("a number"))
}

/// Serves the shipped feeds as the service does, until standard input is closed.
fn serve() {
    let flags = Flags { feeds: Some("feeds".into()), ..Flags::default() };
    let config = Config::load(&flags).expect("a configuration");
    let site = app::build(&config, "2018-11-01T12:00:00Z".parse().expect("a time"));
    let served = Arc::new(ArcSwapOption::new(Some(site.expect("good definitions").snapshot)));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let (stop, stopped) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        drop(stop);
    });
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("{}", listener.local_addr().expect("an address"));
        let stopped = async { drop(stopped.await) };
        http::serve(listener, served, stopped, Duration::from_secs(1)).await;
    });
    let stats = ALLOCATOR.stats();
    let count = stats.allocations + stats.reallocations;
    println!("{count} {}", stats.bytes_allocated);
}

/// Reads the numbers of allocations and of allocated bytes.
fn allocations(said: &str) -> [usize; 2] {
    let mut numbers = said.split_whitespace().map(|number| number.parse().expect("a number"));
    [(); 2].map(|()| numbers.next().expect("a count"))
}

/// Reads the number of instructions in the output of callgrind: `==1== Collected : 123`.
fn instructions(said: &str) -> [usize; 1] {
    let count = said.lines().find_map(|line| line.split_once("Collected : "));
    [count.and_then(|(_, count)| count.trim().parse().ok()).expect("callgrind says it at its end")]
}
