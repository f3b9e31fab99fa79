//! How fast it is: `cargo xtask bench`. Reported, never a condition: machines differ.
//!
//! What is compared is measured in one run, so that ratios hold where times don't.

mod http;
mod library;
mod live;
mod members;
mod nodes;
mod pages;
mod report;
mod tiers;
mod warm;

use report::Report;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut report = Report::default();
    // `cargo bench … -- nodes` measures that part alone.
    let named: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    runtime.block_on(async {
        if wanted("tiers") {
            tiers::cached_read(&mut report).await;
            tiers::recording(&mut report).await;
            tiers::sampling(&mut report).await;
            tiers::save(&mut report).await;
            tiers::invalidation(&mut report).await;
        }
        if wanted("pages") {
            pages::chapter(&mut report).await;
            pages::at_rest(&mut report).await;
        }
        if wanted("members") {
            members::pages(&mut report).await;
        }
        if wanted("live") {
            live::save_to_reader(&mut report).await;
            live::crowd(&mut report).await;
            live::many_lines(&mut report).await;
        }
        if wanted("warm") {
            warm::after_edits(&mut report).await;
            warm::after_starts(&mut report).await;
        }
        if wanted("nodes") {
            nodes::shared(&mut report).await;
            nodes::word(&mut report).await;
            nodes::commits(&mut report).await;
        }
    });
    report.print_and_write();
}
