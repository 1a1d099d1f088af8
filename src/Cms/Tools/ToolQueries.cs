using Cms.GraphQL;
using Cms.Media;
using Cms.Reading;
using Cms.Taxonomy;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Tools;

[QueryType]
public static class ToolQueries
{
    /// <summary>A public tool; null if none has this slug.</summary>
    /// <param name="slug">The slug in the tool's URL.</param>
    public static Task<PublicTool?> GetToolAsync(
        string slug,
        [Service] ReadTool tools,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) => tools.Handle(slug, context.Asked<PublicTool>(), cancellationToken);

    /// <summary>The public tools, in order of slug.</summary>
    public static Task<Connection<PublicTool>> GetToolsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        IResolveFieldContext context,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "tools",
            page,
            db => db.VisibleTools,
            PublicTool.Columns.Of(context.AskedOfNodes<PublicTool>()),
            tool => tool.Id,
            ChangeSubject.Tool,
            cancellationToken
        );
}

/// <summary>A model, product, library or service that articles are about.</summary>
[ObjectType<PublicTool>(
    Name = "Tool",
    Bind = Bind.Explicit,
    Fields = [
        nameof(PublicTool.Id),
        nameof(PublicTool.Slug),
        nameof(PublicTool.Name),
        nameof(PublicTool.Maker),
        nameof(PublicTool.Kind),
        nameof(PublicTool.Summary),
    ]
)]
[Node]
public static class ToolNode
{
    [NodeResolver]
    public static IDataLoaderResult<PublicTool?> GetAsync(ToolId id, [Service] ToolById tools) =>
        tools.Load(id, ColumnSet.All).IfVisible();

    /// <summary>The URL of the tool's web page; null if unknown.</summary>
    [Url]
    public static string? GetUrl([Parent(nameof(PublicTool.Url))] PublicTool tool) => tool.Url;

    /// <summary>The tool's logo; null if there is none or it cannot be shown.</summary>
    public static IDataLoaderResult<IDataLoaderResult<ShownImage?>>? GetLogoAsync(
        [Parent("LogoId FirstPublishedAt")] PublicTool tool,
        [Service] ShownImages images,
        IResolveFieldContext context
    ) => images.OfAny(tool.LogoId, context, isPrivate: tool.FirstPublishedAt is null);

    /// <summary>The tool's tags, in the order that the editor chose.</summary>
    public static IDataLoaderResult<List<Tag>> GetTagsAsync(
        [Parent(nameof(PublicTool.Tags))] PublicTool tool,
        [Service] TagById tags,
        IResolveFieldContext context
    ) => tags.LoadDistinct(tool.Tags, context.Asked<Tag>());
}
