using Cms.GraphQL;
using Cms.Media;
using Cms.People;
using Cms.Reading;
using Cms.References;
using Cms.Taxonomy;
using GraphQL.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Cms.Authors;

[ObjectType<DeskRoot>]
[Authorize(Policies.Author)]
public static class AuthorDesk
{
    /// <summary>All authors, in order of slug, including those that are not yet public.</summary>
    public static Task<Connection<DeskAuthor>?> GetAuthorsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk authors",
            page,
            db => db.Authors.AsNoTracking().Where(x => x.MergedInto == null && x.DeletedAt == null),
            author => new DeskAuthor(author),
            author => author.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>
    /// An author; null if none has this id. For the id of a merged author, returns the author that it was merged into.
    /// </summary>
    /// <param name="id">The author's id.</param>
    public static async Task<DeskAuthor?> GetAuthorAsync(
        AuthorId id,
        [Service] ReadDeskTerm<Author, AuthorId> terms,
        CancellationToken cancellationToken
    ) => await terms.Handle(id, cancellationToken) is { } author ? new DeskAuthor(author) : null;
}

public sealed class DeskAuthor(Author author) : DeskTerm<AuthorId>(author), IViewOf<Author>
{
    /// <summary>The biography as plain text; null if there is none.</summary>
    public string? Bio => author.Bio;

    public MediaId? AvatarId => author.AvatarId;

    public IReadOnlyList<AuthorLink> Links => author.Links;

    internal static Result<DeskAuthor> Of(Result<Author> result) =>
        result.Succeeded(out var author, out var errors) ? new DeskAuthor(author) : errors.ToList();
}

/// <summary>An author, with the data that only staff can see.</summary>
[ObjectType<DeskAuthor>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(DeskAuthor.Id),
        nameof(DeskAuthor.Slug),
        nameof(DeskAuthor.Name),
        nameof(DeskAuthor.Bio),
        nameof(DeskAuthor.FirstPublishedAt),
        nameof(DeskAuthor.UpdatedAt),
        nameof(DeskAuthor.UpdatedBy),
        nameof(DeskAuthor.Version),
    ]
)]
public static class DeskAuthorNode
{
    /// <summary>
    /// The id of the picture as it was saved, whether or not it may be shown now; null if there is none.
    /// </summary>
    public static MediaId? GetAvatarId([Parent] DeskAuthor author) => author.AvatarId;

    /// <summary>The author's picture; null if there is none or it cannot be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetAvatarAsync(
        [Parent] DeskAuthor author,
        [Service] ShownImages images
    ) => images.OfAny(author.AvatarId, isPrivate: author.FirstPublishedAt is null);

    /// <summary>The author's pages on other sites, in the order in which to show them.</summary>
    [ListSize(3)]
    public static IReadOnlyList<AuthorLink>? GetLinks([Parent] DeskAuthor author) => author.Links;

    /// <summary>What uses the author. The author cannot be deleted while it is in use.</summary>
    /// <param name="first">The maximum number of uses to list: 1–100, default 20.</param>
    [Cost(10)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Usages> GetUsedByAsync(
        [Parent] DeskAuthor author,
        [Service] ListUsages usages,
        int first = 20
    ) => usages.Of(author.Id, first);
}
