//! Everybody knows the demo accounts' password: a server that others reach does not start with them.

use std::{path::Path, process::Command};

use store::{Address, Store};

use crate::site::{Browser, child::Program};

/// Starts a server at every address of this machine, which is to refuse, and returns what it says.
fn refuse(library: &Path, arguments: &[&str]) -> String {
    let mut command = Program::serve();
    command.args(["--addr", "0.0.0.0:0", "--database"]).arg(format!("sqlite:{}", library.display()));
    let ended = command.args(arguments).output().expect("the program ends");
    assert!(!ended.status.success() && ended.stdout.is_empty(), "{ended:?}");
    String::from_utf8(ended.stderr).expect("a text")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_public_address_has_no_demo_accounts() {
    let folder = tempfile::tempdir().expect("a folder");
    let seeded = folder.path().join("seeded.db");
    let store = Store::open(&Address::Sqlite(seeded.clone())).await.expect("a library");
    assert!(store.seed_demo().await.expect("the demo library"));
    assert!(store.has_demo_accounts().await.expect("an answer"));
    assert!(!store.seed_demo().await.expect("nothing to do"));
    drop(store);

    let empty = folder.path().join("empty.db");
    for (library, arguments) in [(&seeded, &[][..]), (&seeded, &["--demo"]), (&empty, &["--demo"])] {
        let said = refuse(library, arguments);
        assert!(said.contains("0.0.0.0:0 is open to others"), "{said}");
    }
    // Nobody but this machine reaches it: there they are, and are named.
    let local = Program::start(&seeded);
    assert_eq!(Browser::new(&local.base).get("/api/fetch_demo").await.body, "true");

    let mut command: Command = Program::serve();
    command.args(["--addr", "0.0.0.0:0", "--database"]).arg(format!("sqlite:{}", empty.display()));
    let open = Program::run(&mut command);
    let base = open.base.replace("0.0.0.0", "127.0.0.1");
    assert_eq!(Browser::new(&base).get("/api/fetch_demo").await.body, "false");
}
