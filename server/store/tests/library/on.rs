//! Every test runs on both databases.

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// Runs each of these tests, `async fn name(on: On)`, on both databases: `sqlite::name` and
/// `postgres::name`. One that is not named here is dead code, which clippy finds.
macro_rules! on_both {
    ($($test:ident)*) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $test() {
                    super::$test($crate::library::On::Sqlite).await;
                }
            )*
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread")]
                async fn $test() {
                    super::$test($crate::library::On::Postgres).await;
                }
            )*
        }
    };
}
pub(crate) use on_both;
