//! How fast it is: `cargo xtask bench`. Reported, never a condition: machines differ.
//!
//! What is compared is measured in one run, so that ratios hold where times don't.

mod http;
mod library;
mod pages;
mod report;
mod tiers;

use report::Report;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let mut report = Report::default();
    runtime.block_on(async {
        tiers::cached_read(&mut report).await;
        tiers::save(&mut report).await;
        tiers::invalidation(&mut report).await;
        pages::chapter(&mut report).await;
        pages::at_rest(&mut report).await;
    });
    report.print_and_write();
}
