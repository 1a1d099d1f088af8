using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Taxonomy;

namespace Cms.Authors;

[MutationType]
public static class AuthorMutations
{
    /// <summary>
    /// Adds the profile of an author. It becomes public when the first article by this author is published. If an
    /// author with this slug was deleted, that author is restored.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("author")]
    [Errors<TermNameRequired, TextTooLong, TooManyLinks, LinkLabelRequired, LinkUrlMalformed>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskAuthor>> CreateAuthorAsync(
        NewAuthor input,
        Viewer viewer,
        [Service] CreateTerm<Author, AuthorId> operation,
        CancellationToken cancellationToken
    ) => DeskAuthor.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the name, biography, picture or links of an author.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("author")]
    [Errors<AuthorNotFound, VersionConflict, TermMerged>]
    [Errors<TermNameRequired, TextTooLong, TooManyLinks, LinkLabelRequired, LinkUrlMalformed>]
    [Errors<MediaNotFound, ImageAltMissing, ImageCreditMissing, ImageRightsExpired, ImageRightsNotBegun>]
    public static async Task<Result<DeskAuthor>> EditAuthorAsync(
        EditedAuthor input,
        Viewer viewer,
        [Service] EditTerm<Author, AuthorId> operation,
        CancellationToken cancellationToken
    ) => DeskAuthor.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the slug of an author. If it is public, the old URL redirects to the new one. A slug under which another
    /// author was public cannot be used.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("author")]
    [Errors<AuthorNotFound, VersionConflict, TermMerged>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskAuthor>> RenameAuthorAsync(
        RenameAuthorInput input,
        Viewer viewer,
        [Service] RenameTerm<Author, AuthorId> operation,
        CancellationToken cancellationToken
    ) => DeskAuthor.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Merges two profiles of one person. The profile that `into` identifies replaces the other one in articles and
    /// public lists, and keeps its own name, biography, picture and links. The old URL redirects. This cannot be
    /// undone.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("author", Words = "author that remains")]
    [Errors<AuthorNotFound, VersionConflict, TermMerged>]
    [Errors<TermMergedIntoItself>]
    public static async Task<Result<DeskAuthor>> MergeAuthorsAsync(
        MergeAuthorsInput input,
        Viewer viewer,
        [Service] MergeTerms<Author, AuthorId> operation,
        CancellationToken cancellationToken
    ) => DeskAuthor.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Deletes an author. If something uses it, it is not deleted, and the error lists the uses. If the author was
    /// public, its slug can be used again only in createAuthor, which restores the author.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("author")]
    [Errors<AuthorNotFound, VersionConflict, TermMerged>]
    [Errors<AuthorInUse>]
    public static async Task<Result<DeskAuthor>> DeleteAuthorAsync(
        DeleteAuthorInput input,
        Viewer viewer,
        [Service] DeleteTerm<Author, AuthorId> operation,
        CancellationToken cancellationToken
    ) => DeskAuthor.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));
}
