//! A crowd that comes at once: each is answered or refused, and afterwards the node is as before.

mod site;

use std::{
    collections::BTreeMap,
    fs,
    time::{Duration, Instant},
};

use site::child::Program;
use tokio::{task::JoinSet, time::sleep};

/// Nobody waits longer, refused or not. The development build makes a page in some ten milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

/// The answer's status.
async fn ask(client: reqwest::Client, url: String) -> u16 {
    client.get(&url).send().await.unwrap_or_else(|error| panic!("{url}: {error:?}")).status().as_u16()
}

/// The most memory that it ever had, in MiB, where that can be known.
fn most_resident(program: &Program) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1_024)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_and_files_at_once_stop_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Program::serve();
    command
        .args(["--addr", "127.0.0.1:0", "--database"])
        .arg(format!("sqlite:{}", folder.path().join("library.db").display()))
        .env("LEPTOS_SITE_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/../public"))
        .env("RUST_LOG", "error");
    let program = Program::run(&mut command);
    // Each request has a connection of its own.
    let client = reqwest::Client::builder().pool_max_idle_per_host(0).timeout(PATIENCE).build().expect("a client");
    let url = |path: &str| format!("{}{path}", program.base);
    for round in 1..=5 {
        let mut asked = JoinSet::new();
        for path in [&["/sign-in"; 600][..], &["/favicon.svg"; 900]].concat() {
            let answer = ask(client.clone(), url(path));
            asked.spawn(async move { (path, answer.await) });
        }
        let mut answers = BTreeMap::<_, usize>::new();
        for answer in asked.join_all().await {
            *answers.entry(answer).or_default() += 1;
        }
        println!("round {round}: {answers:?}, {:?} MiB at most", most_resident(&program));
        assert_eq!(answers.get(&("/favicon.svg", 200)), Some(&900), "files need no render thread: {answers:?}");
        let pages = |status| answers.get(&("/sign-in", status)).copied().unwrap_or_default();
        assert_eq!(pages(200) + pages(503), 600, "{answers:?}");
        assert!(pages(200) > 0, "{answers:?}");

        let ended = Instant::now();
        while ask(client.clone(), url("/sign-in")).await != 200 || ask(client.clone(), url("/readyz")).await != 200 {
            assert!(ended.elapsed() < Duration::from_secs(5), "it is not as before");
            sleep(Duration::from_millis(50)).await;
        }
    }
    assert!(most_resident(&program).is_none_or(|most| most < 400), "{:?} MiB", most_resident(&program));
}
