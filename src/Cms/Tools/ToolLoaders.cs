using Cms.Delivery;
using Cms.GraphQL;
using Cms.Reading;

namespace Cms.Tools;

/// <summary>Reads a public tool by its slug.</summary>
public sealed class ReadTool(ReadContexts contexts, CompiledQueries queries)
{
    private static readonly NamedQuery<string, Tool> BySlug = new("tool by slug", Visibility.BySlug<Tool>());

    public Task<PublicTool?> Handle(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            BySlug,
            slug,
            PublicTool.Columns,
            columns,
            ChangeSubject.Tool,
            row => row.Id,
            cancellationToken
        );
}

/// <summary>Loads tools by id, including those that are not public.</summary>
public sealed class ToolById(ReadContexts contexts, CompiledQueries queries, RowCache kept)
    : CachedRowById<ToolId, Tool, PublicTool>(contexts, queries, kept)
{
    private protected override ChangeSubject Subject => ChangeSubject.Tool;

    private protected override Projection<Tool, PublicTool> Rows => PublicTool.Columns;

    private static readonly KeyedQuery<ToolId, Tool> ById = new(
        "tool by id",
        (db, id) => db.Tools.Where(t => t.Id == id),
        (db, ids) => db.Tools.Where(t => ids.Contains(t.Id))
    );

    private protected override KeyedQuery<ToolId, Tool> Query => ById;

    private protected override ToolId KeyOf(PublicTool row) => row.Id;
}
