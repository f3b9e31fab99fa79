//! Importing a book: one file as a form sends it, with or without a script.

use abreast_browser::JsonCodec;
#[cfg(feature = "ssr")]
use abreast_browser::ssr::set_status;
use domain::{Changed, FileHeading, Format, Genre, StoryId, Title};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};
use server_fn::codec::{MultipartData, MultipartFormData};

use crate::AppError;
#[cfg(feature = "ssr")]
use crate::{
    asker::signed_in,
    respond::{store, written},
};

/// What became of an uploaded book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The story it is now.
    pub story: StoryId,
    /// Its title.
    pub title: Title,
    /// How many chapters it has.
    pub chapters: u32,
    /// How many words.
    pub words: u32,
    /// What the author should know before going on.
    pub notice: Option<String>,
}

/// What was understood of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// The title.
    pub title: Title,
    /// Its headings, in their order.
    pub outline: Vec<FileHeading>,
    /// How many words there are.
    pub words: u32,
    /// What was passed over or changed: sentences for its author.
    pub remarks: Vec<String>,
    /// Its genre, if the file says it.
    pub genre: Option<Genre>,
    /// Its format, likewise.
    pub format: Option<Format>,
}

/// Says what would be understood of an uploaded book, and keeps nothing of it. Field: `file`.
#[server(endpoint = "preview_import", input = MultipartFormData, output = JsonCodec)]
#[middleware(check::CheckForm)]
pub async fn preview_import(data: MultipartData) -> Result<Understood, AppError> {
    signed_in()?;
    let file = upload::read(data).await.inspect_err(set_status)?.parse().await.inspect_err(set_status)?;
    let remarks = file.notice().into_iter().collect();
    let (genre, format) = (file.front.genre, file.front.format);
    Ok(Understood { title: file.title.clone(), outline: file.outline(), words: file.words(), remarks, genre, format })
}

/// Makes a story of an uploaded book, or chapters of one that is there. Fields: `file`, `genre`, `format`, `publish`
/// if it should be out at once, `levels` of the headings if they were changed, and `into` a story.
#[server(endpoint = "import_story", input = MultipartFormData, output = JsonCodec)]
#[middleware(check::CheckForm)]
pub async fn import_story(data: MultipartData) -> Result<Changed<Imported>, AppError> {
    let author = signed_in()?;
    let mut upload = upload::read(data).await.inspect_err(set_status)?;
    let file = upload.parse().await.inspect_err(set_status)?;
    let (title, chapters, words) = (file.title.clone(), file.chapters(), file.words());
    let notice = file.notice();
    let imported = if let Some(story) = upload.into {
        store().import_chapters(author, story, file).await
    } else {
        let (genre, format) = upload.kinds().inspect_err(set_status)?;
        store().import_story(author, file, genre, format, upload.publish).await
    };
    let imported = written(imported).await?;
    leptos_axum::redirect(&format!("/studio/edit/story/{}", imported.value()));
    let chapters = u32::try_from(chapters).unwrap_or(u32::MAX);
    Ok(imported.map(|story| Imported { story, title, chapters, words, notice }))
}

#[cfg(feature = "ssr")]
mod upload {
    //! The form's fields, read piece by piece: a body that is too long is not held.

    use std::mem;

    use domain::{FileLevel, Format, Genre, ManuscriptFile, StoryId, UnknownKind};
    use formats::ReadFailed;
    use server_fn::codec::MultipartData;

    use crate::{AppError, idempotency};

    /// What the form holds.
    pub(super) struct Upload {
        name: String,
        bytes: Vec<u8>,
        genre: String,
        format: String,
        levels: Option<Vec<FileLevel>>,
        pub(super) publish: bool,
        /// The story that the chapters are for, if they are no story of their own.
        pub(super) into: Option<StoryId>,
    }

    impl Upload {
        /// The book in the file, once. Reading a long one would hold up everybody else on the thread.
        pub(super) async fn parse(&mut self) -> Result<ManuscriptFile, AppError> {
            let (name, bytes, levels) = (mem::take(&mut self.name), mem::take(&mut self.bytes), self.levels.take());
            let parsed = tokio::task::spawn_blocking(move || {
                let file = formats::read(&name, &bytes)?;
                Ok::<_, ReadFailed>(match levels {
                    Some(levels) => file.arranged(&levels)?,
                    None => file,
                })
            })
            .await;
            parsed.map_err(|_| AppError::Internal)?.map_err(|error| match error.bound() {
                Some(bound) => AppError::Full(bound),
                None => AppError::Invalid(error.to_string()),
            })
        }

        /// What kind of story it is to be.
        pub(super) fn kinds(&self) -> Result<(Genre, Format), AppError> {
            let wrong = |error: UnknownKind| AppError::Invalid(error.to_string());
            Ok((self.genre.parse().map_err(wrong)?, self.format.parse().map_err(wrong)?))
        }
    }

    /// The most bytes of a field that is no file.
    const FIELD: usize = 200;
    /// The most bytes of the field that has a level for each heading.
    const LEVELS: usize = 128 * 1024;

    /// Reads the whole form.
    pub(super) async fn read(data: MultipartData) -> Result<Upload, AppError> {
        let unreadable = |_| AppError::Invalid("The form could not be read; please try again.".to_owned());
        let mut form = data.into_inner().ok_or(AppError::Internal)?;
        let (mut name, mut bytes) = (String::new(), Vec::new());
        let (mut genre, mut format, mut publish, mut levels, mut into) =
            (String::new(), String::new(), false, String::new(), String::new());
        while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
            let which = field.name().unwrap_or_default().to_owned();
            if which == "file" {
                field.file_name().unwrap_or_default().clone_into(&mut name);
            }
            let most = match which.as_str() {
                "file" => ManuscriptFile::MOST_BYTES,
                "levels" => LEVELS,
                _ => FIELD,
            };
            let mut value = Vec::new();
            while let Some(piece) = field.chunk().await.map_err(unreadable)? {
                if value.len() + piece.len() > most {
                    let error = domain::ImportError::TooLarge { bytes: value.len() + piece.len() };
                    return Err(AppError::Invalid(error.to_string()));
                }
                value.extend_from_slice(&piece);
            }
            idempotency::tell(which.as_bytes());
            idempotency::tell(&value);
            let text = || String::from_utf8_lossy(&value).into_owned();
            match which.as_str() {
                "file" => bytes = value,
                "genre" => genre = text(),
                "format" => format = text(),
                "levels" => levels = text(),
                "into" => into = text(),
                "publish" => publish = matches!(text().as_str(), "on" | "true"),
                // A form of a later version may say more.
                _ => {}
            }
        }
        if name.is_empty() && bytes.is_empty() {
            return Err(AppError::Invalid("Please choose a file to import.".to_owned()));
        }
        let none_such = || AppError::Invalid("The form could not be read; please try again.".to_owned());
        let levels = if levels.is_empty() { None } else { Some(FileLevel::parse_all(&levels).ok_or_else(none_such)?) };
        let into = if into.is_empty() { None } else { Some(into.parse().map_err(|_| AppError::NotFound)?) };
        Ok(Upload { name, bytes, genre, format, levels, publish, into })
    }
}

#[cfg(feature = "ssr")]
mod check {
    //! Only a form gets as far as the parser of forms, which panics at anything else.

    use std::pin::Pin;

    use axum::{
        body::Body,
        extract::Request,
        response::{IntoResponse, Response},
    };
    use server_fn::{
        Bytes,
        error::ServerFnErrorErr,
        middleware::{BoxedService, Layer, Service},
    };

    use crate::AppError;

    /// Refuses a request that is no form with a file.
    pub(super) struct CheckForm;

    struct Checked(BoxedService<Request, Response>);

    impl Layer<Request, Response> for CheckForm {
        fn layer(&self, inner: BoxedService<Request, Response>) -> BoxedService<Request, Response> {
            BoxedService::new(inner.ser, Checked(inner))
        }
    }

    impl Service<Request, Response> for Checked {
        fn run(
            &mut self,
            request: Request<Body>,
            _: fn(ServerFnErrorErr) -> Bytes,
        ) -> Pin<Box<dyn Future<Output = Response> + Send>> {
            let content = request.headers().get(http::header::CONTENT_TYPE).and_then(|content| content.to_str().ok());
            if content.is_some_and(|content| multer::parse_boundary(content).is_ok()) {
                return self.0.run(request);
            }
            let error = AppError::Invalid("Please send a form with a file.".to_owned());
            let status = http::StatusCode::from_u16(error.status()).unwrap_or(http::StatusCode::BAD_REQUEST);
            Box::pin(async move { (status, axum::Json(error)).into_response() })
        }
    }
}
