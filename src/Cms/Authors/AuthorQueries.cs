using Cms.Articles.Reading;
using Cms.GraphQL;
using Cms.Media;
using Cms.Reading;
using Cms.Taxonomy;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Authors;

[QueryType]
public static class AuthorQueries
{
    /// <summary>
    /// A public author; null if none has this slug. A slug that the author had before it was renamed or merged also
    /// finds the author. The result then has the current slug: redirect readers to it.
    /// </summary>
    /// <param name="slug">The slug in the author's URL.</param>
    public static Task<Author?> GetAuthorAsync(
        string slug,
        [Service] ReadTerm terms,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => terms.AuthorAsync(slug, context.Asked<Author>(), cancellationToken);

    /// <summary>The public authors, in order of slug.</summary>
    public static Task<Connection<Author>> GetAuthorsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "authors",
            page,
            db => db.VisibleAuthors,
            AuthorRows.Authors.Of(context.AskedOfNodes<Author>()),
            row => row.Id,
            ChangeSubject.Author,
            cancellationToken
        );
}

/// <summary>The public profile of a person who writes articles. An article can have several authors.</summary>
[ObjectType<Author>(
    Bind = Bind.Explicit,
    Fields = [nameof(Author.Id), nameof(Author.Slug), nameof(Author.Name), nameof(Author.Bio)]
)]
[Node]
public static class AuthorNode
{
    [NodeResolver]
    public static IDataLoaderResult<Author?> GetAsync(AuthorId id, [Service] AuthorById authors) =>
        authors.Load(id, ColumnSet.All).IfVisible();

    /// <summary>The author's picture; null if there is none or it cannot be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetAvatarAsync(
        [Parent("AvatarId FirstPublishedAt")] Author author,
        [Service] ShownImages images,
        IResolveFieldContext context
    ) => images.OfAny(author.AvatarId, context, isPrivate: author.FirstPublishedAt is null);

    /// <summary>The author's pages on other sites, in the order in which to show them.</summary>
    [ListSize(3)]
    public static IReadOnlyList<AuthorLink> GetLinks([Parent(nameof(Author.Links))] Author author) => author.Links;

    /// <summary>The published articles by this author, newest first.</summary>
    public static IDataLoaderResult<Connection<PublicArticle>> GetArticlesAsync(
        [Parent(nameof(Author.Id))] Author author,
        PageArguments page,
        [Service] ArticlesByFacet articles,
        IResolveFieldContext context
    ) => articles.Of(author.Id, page, context);
}
