-- When a person gets what is new in their inbox by mail. The code is in the link of each mail that ends them, which works
-- for ever and does nothing else, so it is kept as it is.
create table mail_choices (
    user_id text primary key references users (id) on delete cascade,
    choice text not null,
    code text not null unique
);

-- Up to which notice a person was told by mail, and when the last of these mails went out.
create table mailed_notices (
    user_id text primary key references users (id) on delete cascade,
    told_to bigint not null,
    mailed_at bigint not null
);
