//! Passwords are hashed off the async threads, one at a time a core, and no more wait than can be
//! done in about a second: each takes 19 MiB and tens of milliseconds while it runs.

use std::{
    sync::{Arc, LazyLock},
    thread::available_parallelism,
};

use argon2::{
    Argon2, PasswordHash, PasswordVerifier,
    password_hash::{PasswordHasher, SaltString},
};
use domain::Password;
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::{Error, Result};

/// How many hashes may wait or run, a core.
const PLACES: usize = 16;

static HASHING: LazyLock<Hashing> =
    LazyLock::new(|| Hashing::with_cores(available_parallelism().map_or(1, std::num::NonZero::get)));

/// Who may hash, and who may wait for it. All stores of a process share one.
struct Hashing {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

/// Whether this is the password. Takes as long when there is no account to compare it with.
pub(crate) async fn is_password(password: Password, hash_of_account: Option<String>) -> Result<bool> {
    let Some(hash_of_account) = hash_of_account else {
        hash(password).await?;
        return Ok(false);
    };
    off_the_path(move || {
        let hash = PasswordHash::new(&hash_of_account).map_err(Error::corrupt)?;
        Ok(Argon2::default().verify_password(password.reveal().as_bytes(), &hash).is_ok())
    })
    .await
}

/// What is stored of a password.
pub(crate) async fn hash(password: Password) -> Result<String> {
    off_the_path(move || {
        let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>()).map_err(internal)?;
        let hash = Argon2::default().hash_password(password.reveal().as_bytes(), &salt).map_err(internal)?;
        Ok(hash.to_string())
    })
    .await
}

/// Hashes when it is its turn; refuses at once when too many wait.
pub(crate) async fn off_the_path<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    HASHING.run(work).await
}

impl Hashing {
    fn with_cores(cores: usize) -> Self {
        Self { places: Arc::new(Semaphore::new(cores * PLACES)), turns: Arc::new(Semaphore::new(cores)) }
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Error::Busy)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(internal)?;
        // Both are given back when the work ends, not when who asked goes away: the work goes on without them.
        let held = (place, turn);
        let worked = spawn_blocking(move || {
            let worked = work();
            drop(held);
            worked
        });
        worked.await.map_err(internal)?
    }
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(error.to_string().into())
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Mutex,
            atomic::{AtomicUsize, Ordering},
            mpsc,
        },
        time::Duration,
    };

    use tokio::task::JoinSet;

    use super::*;

    #[tokio::test]
    async fn one_at_a_time_a_core_and_too_many_are_refused() {
        let hashing = Arc::new(Hashing::with_cores(2));
        let (go, told) = mpsc::channel::<()>();
        let told = Arc::new(Mutex::new(told));
        let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let mut asked = JoinSet::new();
        for _ in 0..60 {
            let (hashing, told) = (Arc::clone(&hashing), Arc::clone(&told));
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            asked.spawn(async move {
                let work = move || {
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    told.lock().expect("no panic").recv().ok();
                    running.fetch_sub(1, Ordering::SeqCst);
                    Ok(())
                };
                hashing.run(work).await
            });
        }
        // Nothing ends before all have asked.
        tokio::time::sleep(Duration::from_millis(100)).await;
        drop(go);
        let answers = asked.join_all().await;
        let done = answers.iter().filter(|answer| answer.is_ok()).count();
        let refused = answers.iter().filter(|answer| matches!(answer, Err(Error::Busy))).count();
        assert_eq!((done, refused), (32, 28));
        assert_eq!(most.load(Ordering::SeqCst), 2);
        assert!(hashing.run(|| Ok(())).await.is_ok(), "all places are given back");
    }
}
