using Cms.Delivery;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL.DataLoader;

namespace Cms.Authors;

internal static class AuthorRows
{
    public static Projection<Author, Author> Authors { get; } =
        new(
            a => new Author
            {
                Id = a.Id,
                Slug = a.Slug,
                Name = a.Name,
                Bio = a.Bio,
                AvatarId = a.AvatarId,
                Links = a.Links,
                FirstPublishedAt = a.FirstPublishedAt,
                MergedInto = a.MergedInto,
            },
            nameof(Author.Id),
            nameof(Author.MergedInto)
        );
}

/// <summary>Loads authors by id, including those that are not public. The id of a merged author loads the author that it became.</summary>
public sealed class AuthorById(ReadContexts contexts, CompiledQueries queries, RowCache kept)
    : CachedRowById<AuthorId, Author, Author>(contexts, queries, kept)
{
    private protected override ChangeSubject Subject => ChangeSubject.Author;

    private protected override Projection<Author, Author> Rows => AuthorRows.Authors;

    private static readonly KeyedQuery<AuthorId, Author> ById = new(
        "author by id",
        (db, id) => db.Authors.Where(x => x.Id == id),
        (db, ids) => db.Authors.Where(x => ids.Contains(x.Id))
    );

    private protected override KeyedQuery<AuthorId, Author> Query => ById;

    private protected override AuthorId KeyOf(Author row) => row.Id;

    private protected override AuthorId? ReplacedBy(Author row) => row.MergedInto;
}

internal static class AuthorLists
{
    extension(AuthorById authors)
    {
        /// <summary>Loads authors, in order. Authors that have become one author are shown once.</summary>
        public IDataLoaderResult<List<Author>> LoadDistinct(IReadOnlyCollection<AuthorId> ids, ColumnSet columns) =>
            authors
                .LoadMany(ids, columns)
                .Then(found => found.OfType<Author>().DistinctBy(author => author.Id).ToList());
    }
}
