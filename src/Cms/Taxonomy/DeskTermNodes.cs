using Cms.GraphQL;
using Cms.People;
using Cms.References;
using GraphQL.DataLoader;

namespace Cms.Taxonomy;

/// <summary>A category, with the data that only staff can see.</summary>
[ObjectType<DeskCategory>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(DeskCategory.Id),
        nameof(DeskCategory.Slug),
        nameof(DeskCategory.Name),
        nameof(DeskCategory.Order),
        nameof(DeskCategory.Colour),
        nameof(DeskCategory.FirstPublishedAt),
        nameof(DeskCategory.UpdatedAt),
        nameof(DeskCategory.UpdatedBy),
        nameof(DeskCategory.Version),
    ]
)]
public static class DeskCategoryNode
{
    /// <summary>What uses the category. The category cannot be deleted while it is in use.</summary>
    /// <param name="first">The maximum number of uses to list: 1–100, default 20.</param>
    [Cost(10)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Usages> GetUsedByAsync(
        [Parent] DeskCategory category,
        [Service] ListUsages usages,
        int first = 20
    ) => usages.Of(category.Id, first);
}

/// <summary>A tag, with the data that only staff can see.</summary>
[ObjectType<DeskTag>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(DeskTag.Id),
        nameof(DeskTag.Slug),
        nameof(DeskTag.Name),
        nameof(DeskTag.FirstPublishedAt),
        nameof(DeskTag.UpdatedAt),
        nameof(DeskTag.UpdatedBy),
        nameof(DeskTag.Version),
    ]
)]
public static class DeskTagNode
{
    /// <summary>What uses the tag. The tag cannot be deleted while it is in use.</summary>
    /// <param name="first">The maximum number of uses to list: 1–100, default 20.</param>
    [Cost(10)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Usages> GetUsedByAsync(
        [Parent] DeskTag tag,
        [Service] ListUsages usages,
        int first = 20
    ) => usages.Of(tag.Id, first);
}

/// <summary>A source, with the data that only staff can see.</summary>
[ObjectType<DeskSource>(
    Bind = Bind.Explicit,
    Fields = [
        nameof(DeskSource.Id),
        nameof(DeskSource.Slug),
        nameof(DeskSource.Name),
        nameof(DeskSource.FirstPublishedAt),
        nameof(DeskSource.UpdatedAt),
        nameof(DeskSource.UpdatedBy),
        nameof(DeskSource.Version),
    ]
)]
public static class DeskSourceNode
{
    /// <summary>The URL of the publication's home page; null if unknown.</summary>
    [Url]
    public static string? GetHomepage([Parent] DeskSource source) => source.Homepage;

    /// <summary>What uses the source. The source cannot be deleted while it is in use.</summary>
    /// <param name="first">The maximum number of uses to list: 1–100, default 20.</param>
    [Cost(10)]
    [Authorize(Policies.Editor)]
    public static IDataLoaderResult<Usages> GetUsedByAsync(
        [Parent] DeskSource source,
        [Service] ListUsages usages,
        int first = 20
    ) => usages.Of(source.Id, first);
}
