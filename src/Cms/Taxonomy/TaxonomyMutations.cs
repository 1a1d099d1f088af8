using Cms.Articles;
using Cms.Foundation;
using Cms.GraphQL;
using Cms.People;

namespace Cms.Taxonomy;

[MutationType]
public static class TaxonomyMutations
{
    /// <summary>
    /// Adds a category. It becomes public when the first article in it is published. If a category with this slug was
    /// deleted, that category is restored.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("category")]
    [Errors<TermNameRequired, TextTooLong, ColourMalformed>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskCategory>> CreateCategoryAsync(
        NewCategory input,
        Viewer viewer,
        [Service] CreateTerm<Category, CategoryId> operation,
        CancellationToken cancellationToken
    ) => DeskCategory.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the name, position or colour of a category.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("category")]
    [Errors<CategoryNotFound, VersionConflict, TermMerged>]
    [Errors<TermNameRequired, TextTooLong, ColourMalformed>]
    public static async Task<Result<DeskCategory>> EditCategoryAsync(
        EditedCategory input,
        Viewer viewer,
        [Service] EditTerm<Category, CategoryId> operation,
        CancellationToken cancellationToken
    ) => DeskCategory.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the slug of a category. If it is public, the old URL redirects to the new one. A slug under which
    /// another category was public cannot be used.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("category")]
    [Errors<CategoryNotFound, VersionConflict, TermMerged>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskCategory>> RenameCategoryAsync(
        RenameCategoryInput input,
        Viewer viewer,
        [Service] RenameTerm<Category, CategoryId> operation,
        CancellationToken cancellationToken
    ) => DeskCategory.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Merges a category into another one, which replaces it everywhere: in articles, public lists and search results.
    /// The old URL redirects. This cannot be undone.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("category", Words = "category that remains")]
    [Errors<CategoryNotFound, VersionConflict, TermMerged>]
    [Errors<TermMergedIntoItself>]
    public static async Task<Result<DeskCategory>> MergeCategoriesAsync(
        MergeCategoriesInput input,
        Viewer viewer,
        [Service] MergeTerms<Category, CategoryId> operation,
        CancellationToken cancellationToken
    ) => DeskCategory.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Deletes a category. If something uses it, it is not deleted, and the error lists the uses. If the category was
    /// public, its slug can be used again only in createCategory, which restores the category.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("category")]
    [Errors<CategoryNotFound, VersionConflict, TermMerged>]
    [Errors<CategoryInUse>]
    public static async Task<Result<DeskCategory>> DeleteCategoryAsync(
        DeleteCategoryInput input,
        Viewer viewer,
        [Service] DeleteTerm<Category, CategoryId> operation,
        CancellationToken cancellationToken
    ) => DeskCategory.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Adds a tag. It becomes public when the first article with it is published, or when a public tool has it. If a
    /// tag with this slug was deleted, that tag is restored.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("tag")]
    [Errors<TermNameRequired, TextTooLong>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskTag>> CreateTagAsync(
        NewTag input,
        Viewer viewer,
        [Service] CreateTerm<Tag, TagId> operation,
        CancellationToken cancellationToken
    ) => DeskTag.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the name of a tag.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("tag")]
    [Errors<TagNotFound, VersionConflict, TermMerged>]
    [Errors<TermNameRequired, TextTooLong>]
    public static async Task<Result<DeskTag>> EditTagAsync(
        EditedTag input,
        Viewer viewer,
        [Service] EditTerm<Tag, TagId> operation,
        CancellationToken cancellationToken
    ) => DeskTag.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the slug of a tag. If it is public, the old URL redirects to the new one. A slug under which another
    /// tag was public cannot be used.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("tag")]
    [Errors<TagNotFound, VersionConflict, TermMerged>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskTag>> RenameTagAsync(
        RenameTagInput input,
        Viewer viewer,
        [Service] RenameTerm<Tag, TagId> operation,
        CancellationToken cancellationToken
    ) => DeskTag.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Merges a tag into another one, which replaces it everywhere: in articles, public lists and search results. The
    /// old URL redirects. This cannot be undone.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("tag", Words = "tag that remains")]
    [Errors<TagNotFound, VersionConflict, TermMerged>]
    [Errors<TermMergedIntoItself>]
    public static async Task<Result<DeskTag>> MergeTagsAsync(
        MergeTagsInput input,
        Viewer viewer,
        [Service] MergeTerms<Tag, TagId> operation,
        CancellationToken cancellationToken
    ) => DeskTag.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Deletes a tag. If something uses it, it is not deleted, and the error lists the uses. If the tag was public, its
    /// slug can be used again only in createTag, which restores the tag.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("tag")]
    [Errors<TagNotFound, VersionConflict, TermMerged>]
    [Errors<TagInUse>]
    public static async Task<Result<DeskTag>> DeleteTagAsync(
        DeleteTagInput input,
        Viewer viewer,
        [Service] DeleteTerm<Tag, TagId> operation,
        CancellationToken cancellationToken
    ) => DeskTag.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Adds a source. It becomes public when the first article from it is published. If a source with this slug was
    /// deleted, that source is restored.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("source")]
    [Errors<TermNameRequired, TextTooLong, UrlMalformed>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskSource>> CreateSourceAsync(
        NewSource input,
        Viewer viewer,
        [Service] CreateTerm<Source, SourceId> operation,
        CancellationToken cancellationToken
    ) => DeskSource.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the name or home page of a source.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("source")]
    [Errors<SourceNotFound, VersionConflict, TermMerged>]
    [Errors<TermNameRequired, TextTooLong, UrlMalformed>]
    public static async Task<Result<DeskSource>> EditSourceAsync(
        EditedSource input,
        Viewer viewer,
        [Service] EditTerm<Source, SourceId> operation,
        CancellationToken cancellationToken
    ) => DeskSource.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Changes the slug of a source. If it is public, the old URL redirects to the new one. A slug under which another
    /// source was public cannot be used.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("source")]
    [Errors<SourceNotFound, VersionConflict, TermMerged>]
    [Errors<SlugTaken, SlugMalformed, SlugReserved>]
    public static async Task<Result<DeskSource>> RenameSourceAsync(
        RenameSourceInput input,
        Viewer viewer,
        [Service] RenameTerm<Source, SourceId> operation,
        CancellationToken cancellationToken
    ) => DeskSource.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Merges a source into another one, which replaces it everywhere: in articles, public lists and search results.
    /// The old URL redirects. This cannot be undone.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("source", Words = "source that remains")]
    [Errors<SourceNotFound, VersionConflict, TermMerged>]
    [Errors<TermMergedIntoItself>]
    public static async Task<Result<DeskSource>> MergeSourcesAsync(
        MergeSourcesInput input,
        Viewer viewer,
        [Service] MergeTerms<Source, SourceId> operation,
        CancellationToken cancellationToken
    ) => DeskSource.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));

    /// <summary>
    /// Deletes a source. If something uses it, it is not deleted, and the error lists the uses. If the source was
    /// public, its slug can be used again only in createSource, which restores the source.
    /// </summary>
    [Authorize(Policies.Editor)]
    [Payload("source")]
    [Errors<SourceNotFound, VersionConflict, TermMerged>]
    [Errors<SourceInUse>]
    public static async Task<Result<DeskSource>> DeleteSourceAsync(
        DeleteSourceInput input,
        Viewer viewer,
        [Service] DeleteTerm<Source, SourceId> operation,
        CancellationToken cancellationToken
    ) => DeskSource.Of(await operation.Handle(input.ToInput(), viewer.ToActor(), cancellationToken));
}
