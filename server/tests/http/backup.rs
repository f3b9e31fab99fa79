//! `quire backup` and `quire restore`: a file that is whole, and a library that goes on where it was.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use domain::{NewPost, Remark, Role};
use store::{Address, Store};

use crate::site::{Person, Site, child::Program};

/// Runs the program over the library in this file.
fn quire(command: &str, library: &Path, arguments: &[&str]) -> Output {
    let mut quire = Command::new(env!("CARGO_BIN_EXE_quire"));
    quire.arg(command).arg("--database").arg(format!("sqlite:{}", library.display())).args(arguments);
    quire.output().expect("the program ends")
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_of_the_old_log_goes_on_with_the_restored_library() {
    let folder = Folder::new();
    let (old, new, file) = (folder.path("old.db"), folder.path("new.db"), folder.text("library.backup"));
    let site = Site::over(Address::Sqlite(old.clone())).await;
    let ada = Person::join(&site.store, "ada", Role::Writer).await;
    let post = async |text: &str| {
        let post = NewPost { text: Remark::parse(text).expect("a remark"), about: None };
        site.store.create_post(ada.user, post).await.expect("posted");
    };
    post("A post that is kept.").await;
    let backup = quire("backup", &old, &[&file]);
    assert!(backup.status.success(), "{backup:?}");
    post("A post that is lost.").await;
    let (log, lost) = (site.store.log_id(), site.store.watermark());
    let mut reader = site.browser_of(&ada);
    assert!(reader.get("/community").await.body.contains("A post that is lost."));
    drop(site);

    let restored = quire("restore", &new, &[&file]);
    assert!(restored.status.success(), "{restored:?}");
    let expected = ["1 accounts", "The log has a new name", "Start every node anew."];
    assert!(expected.iter().all(|part| said(&restored).contains(part)), "{restored:?}");
    let after = Site::over(Address::Sqlite(new)).await;
    assert!(after.store.log_id() != log && after.store.watermark() > lost, "no position is handed out twice");
    let mut returns = after.nobody();
    for name in ["quire-session", "quire-seen", "quire-seen-proof"] {
        returns.set_cookie(name, reader.cookie(name).expect("a cookie"));
    }
    let shown = returns.get("/community").await;
    assert!(shown.body.contains("A post that is kept.") && !shown.body.contains("A post that is lost."));
    assert!(shown.body.contains("Signed in as ada") || shown.body.contains(">ada<"), "{}", shown.body);
    let seen = returns.cookie("quire-seen").expect("a cookie");
    assert!(seen.starts_with(&after.store.log_id().to_string()), "{seen}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_whole_and_its_owners_alone() {
    let folder = Folder::new();
    let (library, file) = (folder.path("library.db"), folder.text("library.backup"));
    let nothing = quire("backup", &library, &[&file]);
    assert!(!nothing.status.success() && said(&nothing).contains("there is nothing to back up"), "{nothing:?}");
    assert!(!library.exists(), "nothing is made by a backup");
    // While the program serves, as usual.
    let program = Program::start(&library);
    let store = Store::open(&Address::Sqlite(library.clone())).await.expect("a library");
    Person::join(&store, "ada", Role::Writer).await;
    let made = quire("backup", &library, &[&file]);
    assert!(made.status.success() && said(&made).contains("1 accounts"), "{made:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    drop(program);

    let before = std::fs::read(&file).expect("a file");
    let again = quire("backup", &library, &[&file]);
    assert!(!again.status.success() && said(&again).contains("is there already"), "{again:?}");
    assert_eq!(std::fs::read(&file).expect("a file"), before);
    assert!(quire("backup", &library, &[&file, "--force"]).status.success());
    let elsewhere = folder.text("none/library.backup");
    assert!(!quire("backup", &library, &[&elsewhere]).status.success());
    let names: Vec<_> =
        std::fs::read_dir(folder.0.path()).expect("a folder").map(|file| file.expect("a file")).collect();
    let left = names.iter().filter(|name| !name.file_name().to_string_lossy().starts_with("library.")).count();
    assert_eq!(left, 0, "no unfinished file stays: {names:?}");

    let refused = quire("restore", &library, &[&file]);
    assert!(!refused.status.success() && said(&refused).contains("--replace"), "{refused:?}");
    assert!(quire("restore", &library, &[&file, "--replace"]).status.success());
    let absent = quire("restore", &library, &[&elsewhere]);
    assert!(!absent.status.success() && said(&absent).contains("none/library.backup"), "{absent:?}");
}
