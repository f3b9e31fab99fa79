//! Gates: a load that is held up between its position and its value.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use tokio::sync::Semaphore;

/// Who waits where: a load takes a permit of `go`, having given one to `begun`.
pub struct Gate {
    begun: Semaphore,
    go: Semaphore,
}

static GATES: LazyLock<Mutex<HashMap<String, Arc<Gate>>>> = LazyLock::new(Mutex::default);

/// The gate of this name. The small library is one for all tests of a database, so each test that
/// uses a gate has something of its own there to name it after.
pub fn gate(name: impl ToString) -> Arc<Gate> {
    let new = || Arc::new(Gate { begun: Semaphore::new(0), go: Semaphore::new(0) });
    Arc::clone(GATES.lock().expect("the gates").entry(name.to_string()).or_insert_with(new))
}

impl Gate {
    pub async fn pass(&self) {
        self.begun.add_permits(1);
        self.go.acquire().await.expect("open").forget();
    }

    pub async fn wait_until_begun(&self) {
        self.begun.acquire().await.expect("open").forget();
    }

    pub fn open(&self, times: usize) {
        self.go.add_permits(times);
    }
}
