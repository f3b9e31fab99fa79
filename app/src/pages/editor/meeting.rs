//! Meeting a text that comes from another device or tab.
//!
//! The form knows the head that its text goes on from. A newer one is followed where nothing was typed since, and joined
//! with what was. Where that can't be, its author is asked, as at a save.

use leptos::{prelude::*, task::spawn_local};

use super::{
    form::{Form, Outcome},
    head::{Head, Meeting},
    sheet::{Fields, Sheet},
    subject::Subject,
    working::Next,
};
use crate::AppError;

/// Two texts that became one.
#[derive(Debug, Clone, PartialEq)]
pub enum Joined<F> {
    /// Two saves: each is a version.
    Saves,
    /// What was typed here, and what was typed or saved elsewhere meanwhile.
    Typed {
        /// Here.
        mine: F,
        /// Elsewhere.
        theirs: F,
    },
}

impl<S: Subject> Form<S> {
    /// A newer head: followed, where nothing was typed since.
    pub(super) fn follow(self) {
        let is_newer = self.answer.with_untracked(|head| self.known.with_untracked(|known| head.is_newer(known)));
        if !is_newer || self.theirs.with_untracked(Option::is_some) {
            return;
        }
        let (head, known) = (self.answer.get_untracked(), self.known.get_untracked());
        let mine = self.unsaved();
        let was_typed = match &mine {
            Some((mine, _)) => !mine.same(known.fields()),
            None => known.working.is_some(),
        };
        if !was_typed {
            match &head.working {
                Some(working) => {
                    self.sheet.update(|sheet| sheet.recover(&head.saved, working.fields.clone(), head.saved.rev));
                    self.upkeep.from.set(Some((working.device.clone(), working.at)));
                }
                // It was saved, or given up.
                None if mine.is_some() => {
                    self.sheet.update(Sheet::discard);
                    self.upkeep.from.set(None);
                }
                None => {}
            }
            self.known.set(head);
        // It has no other words than the page knew, or the same as were typed here.
        } else if head.fields().same(known.fields()) || mine.is_some_and(|(mine, _)| mine.same(head.fields())) {
            self.sheet.update(|sheet| sheet.rebase(&head.saved));
            self.known.set(head);
        }
        // Otherwise it is met when what was typed is kept.
    }

    /// Something newer came first: what was typed here goes on from it, is joined with it, or its author is asked.
    pub(super) async fn meet(self) -> Next {
        match self.subject.fresh().await {
            Ok(head) => {
                self.meet_head(head);
                Next::GoesOn
            }
            Err(AppError::Offline) => Next::Away,
            Err(_) => Next::Rests,
        }
    }

    fn meet_head(self, head: Head<S::Fields>) {
        let (Some(known), Some((mine, _))) = (self.known.try_get_untracked(), self.unsaved()) else { return };
        match head.meets(&known, &mine, S::merge) {
            Meeting::Same | Meeting::GoesOn => {
                self.sheet.try_update(|sheet| sheet.rebase(&head.saved));
                self.known.try_set(head);
                self.outcome.try_set(Outcome::None);
                self.keeping.settle();
            }
            Meeting::Joined(joined) => {
                self.joined.try_set(Some(Joined::Typed { mine, theirs: head.fields().clone() }));
                self.sheet.try_update(|sheet| sheet.recover(&head.saved, joined, head.saved.rev));
                self.known.try_set(head);
                self.outcome.try_set(Outcome::None);
            }
            Meeting::Ask => {
                self.outcome.try_set(Outcome::Failed(AppError::Conflict(head.saved.rev)));
                self.theirs.try_set(Some(head));
            }
        }
    }

    /// Goes back to what is saved. What was typed is a version, if it was kept, and can be had back until then.
    pub fn go_back(self) {
        let Some((mine, _)) = self.unsaved() else { return };
        spawn_local(async move {
            let Some(known) = self.known.try_get_untracked() else { return };
            if known.working.is_some() {
                match self.subject.leave(known.kept).await {
                    Ok(kept) => {
                        self.known.try_set(Head { kept, working: None, ..known });
                    }
                    Err(AppError::Conflict(_)) => {
                        self.meet().await;
                        return;
                    }
                    Err(error) => {
                        self.outcome.try_set(Outcome::Failed(error));
                        return;
                    }
                }
            }
            if self.left.try_set(Some(mine)).is_none() {
                self.discard();
            }
        });
    }

    /// Takes back what was gone back from.
    pub fn go_on(self) {
        if let Some(left) = self.left.get_untracked() {
            self.write(|fields| *fields = left);
            self.left.set(None);
        }
    }
}
