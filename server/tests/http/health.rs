//! What proxies and supervisors are told of a node.

use crate::site::Site;

async fn told(site: &Site, path: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{}{path}", site.base)).await.expect("an answer");
    (answer.status().as_u16(), answer.text().await.expect("a text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_says_how_it_is() {
    let site = Site::start().await;
    assert_eq!(told(&site, "/healthz").await, (200, "alive".to_owned()));
    assert_eq!(told(&site, "/readyz").await, (200, "ready".to_owned()));

    site.live.close().await;
    assert_eq!(told(&site, "/healthz").await.0, 200);
    assert_eq!(told(&site, "/readyz").await, (503, "stopping".to_owned()));
}
