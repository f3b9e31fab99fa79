//! The services come, go, and come back.

use std::{
    net::{TcpStream, UdpSocket},
    path::Path,
    time::{Duration, Instant},
};

use services::{Network, Postgres, Redis, Side};

fn is_there(url: &str) -> bool {
    let address = url.split("://").nth(1).and_then(|rest| rest.rsplit('@').next()).expect("a URL");
    TcpStream::connect(address.split('/').next().expect("an address")).is_ok()
}

#[test]
fn redis_comes_back_empty_at_its_port() {
    let redis = Redis::start();
    redis.command(&["set", "a", "1"]);
    assert!(redis.command(&["get", "a"]).contains('1'));
    redis.kill();
    assert!(!is_there(&redis.url()));
    redis.restart();
    assert!(redis.command(&["get", "a"]).starts_with("$-1"));
}

#[test]
fn a_cluster_of_one() {
    assert!(Redis::start_cluster().command(&["cluster", "info"]).contains("cluster_slots_ok:16384"));
}

#[test]
fn postgres_comes_back_with_its_data() {
    let postgres = Postgres::start();
    let first = postgres.empty();
    postgres.kill();
    assert!(!is_there(&first.url));
    postgres.restart();
    assert!(is_there(&first.url));
    let began = Instant::now();
    let copy = postgres.copy(&first);
    println!("a copy takes {:?}", began.elapsed());
    assert_ne!(copy.url, first.url);
}

#[test]
fn nothing_is_heard_through_a_cut_cable() {
    let network = match Network::lay(2) {
        Ok(network) => network,
        Err(why) => return println!("no network can be laid here: {why}"),
    };
    let ear = UdpSocket::bind((network.address(Side::Back), 0)).expect("an address");
    ear.set_read_timeout(Some(Duration::from_millis(500))).expect("a bound");
    let port = ear.local_addr().expect("an address").port();
    let hears = |host: usize| {
        let speak = format!("echo {host} >/dev/udp/{}/{port}", network.address(Side::Back));
        assert!(network.command(host, "bash").args(["-c", &speak]).status().expect("bash").success());
        let mut word = [0; 8];
        ear.recv(&mut word).is_ok_and(|length| word[..length] == *format!("{host}\n").as_bytes())
    };
    assert!(hears(0) && hears(1));
    network.cut(0, Side::Back);
    assert!(!hears(0) && hears(1));
    network.cut(1, Side::Front);
    assert!(hears(1));
    network.mend(0, Side::Back);
    assert!(hears(0));
}

/// The kernel ends what a process started, and a shell tidies up, even if it is killed itself: here
/// a child of ours that does nothing but wait with a Redis of its own.
#[test]
fn nothing_is_left_behind() {
    const CHILD: &str = "QUIRE_SERVICES_CHILD";
    if std::env::var_os(CHILD).is_some() {
        let redis = Redis::start();
        println!("url {}", redis.url());
        println!(
            "dir {}",
            redis.command(&["config", "get", "dir"]).lines().find(|line| line.starts_with('/')).expect("a folder")
        );
        std::thread::sleep(std::time::Duration::from_mins(1));
    }
    let this = std::env::current_exe().expect("this program");
    let mut child = std::process::Command::new(this)
        .args(["--exact", "nothing_is_left_behind", "--nocapture"])
        .env(CHILD, "1")
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("a child");
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().expect("its output")));
    let mut said =
        |what: &str| lines.find_map(|line| Some(line.ok()?.split_once(what)?.1.trim().to_owned())).expect("it says so");
    let (url, folder) = (said("url "), said("dir "));
    assert!(is_there(&url) && Path::new(&folder).exists());
    child.kill().and_then(|()| child.wait()).expect("it ended");
    let began = Instant::now();
    while is_there(&url) || Path::new(&folder).exists() {
        assert!(began.elapsed().as_secs() < 10, "the server or its folder outlived the process");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}
