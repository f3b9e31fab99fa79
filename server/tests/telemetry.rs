//! What a node tells those who watch it: figures for Prometheus, and traces for a collector.

mod site;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use server::alerts::notices::Notices;
use site::{Site, child::Program};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    time::timeout,
};

/// Each figure by its name and labels, as it is written.
async fn figures(base: &str) -> BTreeMap<String, String> {
    let page = reqwest::get(format!("{base}/metrics")).await.expect("an answer");
    let kind = page.headers()["content-type"].to_str().expect("a text").to_owned();
    assert!(kind.starts_with("application/openmetrics-text"), "{kind}");
    let text = page.text().await.expect("a text");
    assert!(text.ends_with("# EOF\n"), "it is whole");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let figure = |line: &str| {
        let (name, value) = line.rsplit_once(' ').expect("a name and a value");
        let _: f64 = value.parse().expect("a number");
        (name.to_owned(), value.to_owned())
    };
    lines.map(figure).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_move_with_what_happens() {
    let site = Site::start().await;
    let before = figures(&site.base).await;
    for _ in 0..3 {
        reqwest::get(format!("{}/novels", site.base)).await.expect("a page");
    }
    let after = figures(&site.base).await;
    let count = |text: &String| text.parse::<u64>().expect("a count");
    let moved = |name: &str| count(&after[name]) - count(&before[name]);
    assert_eq!(moved(r#"quire_cache_events_total{tier="page",outcome="hit"}"#), 2);
    assert_eq!(moved(r#"quire_cache_events_total{tier="page",outcome="miss"}"#), 1);
    for (answer, expected) in [("kept", 2), ("filled", 0), ("made", 1)] {
        assert_eq!(moved(&format!("quire_pages_total{{answer=\"{answer}\"}}")), expected, "{answer}");
    }
    assert!(moved(r#"quire_cache_events_total{tier="database",outcome="hit"}"#) >= 1);
    assert!(moved(r#"quire_cache_duration_seconds_count{tier="database"}"#) >= 1);
    // Figures themselves are not counted: they would drown what people asked.
    assert_eq!(moved(r#"quire_answer_duration_seconds_count{of="request"}"#), 3);
    assert!(count(&after["quire_memory_entries"]) >= 1);
    assert_eq!(after[r#"quire_area_kept{area="reading"}"#], "1");
    // Each bucket holds all that is below it.
    let buckets: Vec<u64> = after
        .iter()
        .filter(|(name, _)| name.starts_with("quire_answer_duration_seconds_bucket"))
        .map(|(_, text)| count(text))
        .collect();
    assert!(
        buckets.iter().all(|&below| below <= count(&after[r#"quire_answer_duration_seconds_count{of="request"}"#]))
    );
    assert_eq!(buckets.len(), domain::Histogram::BOUNDS.len() + 1);
}

const DOCS: &str = include_str!("../../docs/operating.md");

/// Only a node with a Redis has this one.
const WITH_REDIS: &str = "quire_redis_breaker_open";

/// An operator finds each figure in `docs/operating.md`, and each that stands there among the figures.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_figure_is_documented() {
    let site = Site::telling(&Notices::default()).await;
    // Until it is asked something, a node need not know where the log stands.
    reqwest::get(format!("{}/novels", site.base)).await.expect("a page");
    let page = reqwest::get(format!("{}/metrics", site.base)).await.expect("an answer").text().await.expect("a text");
    let shown = page.lines().filter_map(|line| {
        let (name, kind) = line.strip_prefix("# TYPE ")?.split_once(' ')?;
        Some(if kind == "counter" { format!("{name}_total") } else { name.to_owned() })
    });
    let (_, table) = DOCS.split_once("| figure |").expect("the table of figures");
    let (table, _) = table.split_once("\n\n").expect("its end");
    let first = table.lines().filter_map(|line| line.strip_prefix("| ")?.split('|').next());
    let named = first.flat_map(|names| names.split('`').filter(|name| name.starts_with("quire_")).map(str::to_owned));
    assert_eq!(shown.chain([WITH_REDIS.to_owned()]).collect::<BTreeSet<_>>(), named.collect::<BTreeSet<_>>());
}

/// A request becomes one trace, from the request to the statement.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_hears_of_each_step() {
    let collector = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let endpoint = format!("http://{}", collector.local_addr().expect("an address"));
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Program::serve();
    command.args(["--demo", "--addr", "127.0.0.1:0", "--database"]);
    command.arg(format!("sqlite:{}", folder.path().join("quire.db").display()));
    command.envs([("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.as_str()), ("OTEL_BSP_SCHEDULE_DELAY", "100")]);
    let program = Program::run(&mut command);
    let page = reqwest::get(format!("{}/novels", program.base)).await.expect("a page");
    assert_eq!(page.status(), 200);

    let mut heard = Vec::new();
    let all = async {
        while !["/v1/traces", "request", "fetch", "load", "catalogue-page", "select log, seq from log_head"]
            .iter()
            .all(|step| contains(&heard, step))
        {
            let (mut stream, _) = collector.accept().await.expect("a connection");
            heard.extend(one_request(&mut stream).await);
        }
    };
    timeout(Duration::from_secs(20), all).await.expect("each step is told");
}

fn contains(heard: &[u8], step: &str) -> bool {
    heard.windows(step.len()).any(|window| window == step.as_bytes())
}

/// What one connection sends, answered with 200.
async fn one_request(stream: &mut tokio::net::TcpStream) -> Vec<u8> {
    let mut sent = vec![];
    let mut chunk = vec![0; 16 * 1024];
    loop {
        let read = timeout(Duration::from_millis(500), stream.read(&mut chunk)).await;
        let Ok(Ok(count @ 1..)) = read else { break };
        sent.extend_from_slice(&chunk[..count]);
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.ok();
    sent
}
