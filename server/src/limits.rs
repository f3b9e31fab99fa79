//! How much may be sent at once, and how long one may take over it.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use app::AppError;
use axum::{
    BoxError, Json,
    body::{Body, Bytes},
    extract::Request,
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{ManuscriptFile, SceneSave};
use http_body::Frame;
use http_body_util::BodyExt;
use tokio::time::{Sleep, sleep, timeout};

/// What any other write needs, with room to spare.
const BODY: usize = 5 * 1024 * 1024 / 2;
/// How many bytes a character has at most on its way: as JSON of those who escape all they can (`\ud83d\udcd6`),
/// and as a form does it (`%F0%9F%93%96`).
const CHARACTER: usize = 12;
/// The longest scene there may be, and the JSON around it.
const SCENE: usize = SceneSave::MAX_CHARACTERS * CHARACTER + 64 * 1024;
/// A book, and the form around it.
const BOOK: usize = ManuscriptFile::MOST_BYTES + 256 * 1024;

/// Up to here a body that is too large is received and forgotten: a client that is still sending when it is refused
/// sees a broken connection, and not the reason.
const HEARD_OUT: usize = 64 * 1024 * 1024;

/// How long a body may stand still.
const STALL_TIMEOUT: Duration = Duration::from_secs(20);

/// Says of a request that its body was too large, and is gone.
#[derive(Debug, Clone, Copy)]
struct WasTooLarge;

/// Receives and forgets a body that says it is too large, and cuts one off that turns out to be. What is inside says so:
/// a plain form is answered with a page.
pub(crate) async fn enforce(request: Request, next: Next) -> Response {
    let most = match request.uri().path() {
        "/api/import_story" | "/api/preview_import" => BOOK,
        "/api/save_scene" | "/api/keep_version" | "/api/keep_working_copy" => SCENE,
        _ => BODY,
    };
    let (head, mut body) = request.into_parts();
    let said = head.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if let Some(length) = said.filter(|length: &usize| *length > most) {
        if length <= HEARD_OUT {
            while let Ok(Some(Ok(_))) = timeout(STALL_TIMEOUT, body.frame()).await {}
        }
        let mut empty = Request::from_parts(head, Body::empty());
        empty.headers_mut().remove(header::CONTENT_LENGTH);
        empty.extensions_mut().insert(WasTooLarge);
        return next.run(empty).await;
    }
    let request = Request::from_parts(head, body);
    next.run(request.map(|body| {
        Body::new(Measured {
            body,
            left: most,
            heard_out: HEARD_OUT,
            over: false,
            patience: STALL_TIMEOUT,
            silence: None,
        })
    }))
    .await
}

/// Refuses a request whose body was too large. The page that says so to a plain form is another request, and a GET.
pub(crate) async fn refuse(request: Request, next: Next) -> Response {
    if request.method() != Method::GET && request.extensions().get::<WasTooLarge>().is_some() {
        return (StatusCode::PAYLOAD_TOO_LARGE, Json(AppError::TooLarge)).into_response();
    }
    next.run(request).await
}

/// More came than fits. A function that reads the whole body gets this error, in these words.
#[derive(Debug, thiserror::Error)]
#[error("length limit exceeded")]
struct TooLong;

/// Nothing came for too long.
#[derive(Debug, thiserror::Error)]
#[error("nothing more came")]
struct TooSlow;

/// A body that ends in an error when it turns out to be too long, once it has been heard out.
struct Measured {
    body: Body,
    left: usize,
    heard_out: usize,
    over: bool,
    patience: Duration,
    /// The moment at which the sender has been silent for too long; set while it is silent.
    silence: Option<Pin<Box<Sleep>>>,
}

impl http_body::Body for Measured {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            let Poll::Ready(next) = Pin::new(&mut self.body).poll_frame(cx) else {
                let patience = self.patience;
                let silence = self.silence.get_or_insert_with(|| Box::pin(sleep(patience)));
                ready!(silence.as_mut().poll(cx));
                return Poll::Ready(Some(Err(TooSlow.into())));
            };
            self.silence = None;
            let frame = match next {
                Some(Ok(frame)) => frame,
                None if self.over => return Poll::Ready(Some(Err(TooLong.into()))),
                other => return Poll::Ready(other.map(|frame| frame.map_err(Into::into))),
            };
            let length = frame.data_ref().map_or(0, Bytes::len);
            match self.left.checked_sub(length).filter(|_| !self.over) {
                Some(left) => {
                    self.left = left;
                    return Poll::Ready(Some(Ok(frame)));
                }
                None => self.over = true,
            }
            match self.heard_out.checked_sub(length) {
                Some(left) => self.heard_out = left,
                None => return Poll::Ready(Some(Err(TooLong.into()))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body that stands still has an end, and one that goes on slowly goes on.
    #[tokio::test]
    async fn who_sends_nothing_more_is_cut_off() {
        let patience = Duration::from_millis(500);
        let slowly = futures_util::stream::unfold(0, move |sent| async move {
            sleep(if sent < 3 { patience / 4 } else { patience * 20 }).await;
            Some((Ok::<_, BoxError>(Bytes::from_static(b"x")), sent + 1))
        });
        let body = Body::from_stream(slowly);
        let measured = Measured { body, left: 100, heard_out: 100, over: false, patience, silence: None };
        let mut measured = std::pin::pin!(measured);
        for _ in 0..3 {
            assert!(measured.frame().await.is_some_and(|frame| frame.is_ok()));
        }
        let error = measured.frame().await.expect("an end").expect_err("it stands still");
        assert_eq!(error.to_string(), "nothing more came");
    }
}
