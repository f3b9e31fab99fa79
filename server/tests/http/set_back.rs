//! A backup is restored while every node is down: what browsers bring back is all that tells.

use domain::{NewPost, Remark, Role};
use store::Address;

use crate::site::{Person, Site, heard, rows};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_that_was_told_finds_out_an_older_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let address = Address::Sqlite(folder.path().join("library.db"));
    let site = Site::over(address.clone()).await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let before = site.store.watermark();
    let text = Remark::parse("A post that is lost.").expect("a remark");
    let post = NewPost { text, about: None };
    site.store.create_post(ada.user, post).await.expect("posted");
    let lost = site.store.watermark();
    let mut reader = site.nobody();
    assert!(reader.get("/community").await.body.contains("A post that is lost."));

    drop(site);
    let undo = format!("delete from log where seq > {before}; update log_head set seq = {before}; delete from posts");
    rows::run(&address, &undo).await;
    let after = Site::over(address).await;
    assert!(!after.nobody().get("/community").await.body.contains("A post that is lost."));
    // Claimed, and not proven: the script can raise the first of these, so anybody can.
    let log = after.store.log_id();
    let mut liar = after.nobody();
    liar.set_cookie("quire-seen", &format!("{log}.{}", lost.0 + 1_000));
    liar.set_cookie("quire-seen-proof", &format!("{log}.{lost}.00000000000000000000000000000000"));
    assert_eq!(liar.get("/community").await.status, 200);
    assert_eq!(after.store.watermark(), before);

    let mut returns = after.nobody();
    for name in ["quire-seen", "quire-seen-proof"] {
        returns.set_cookie(name, reader.cookie(name).expect("a cookie"));
    }
    let shown = returns.get("/community").await;
    assert!(!shown.body.contains("A post that is lost."), "{shown:?}");
    assert!(heard::expected("the database is older than it was"), "its operator reads of it");
    let names: Vec<_> = shown.cookies_set().iter().filter_map(|set| set.split('=').next()).collect();
    assert_eq!(names, ["quire-seen", "quire-seen-proof"], "it is told of the new positions");
    assert!(after.store.watermark() > lost);
}
