using System.Linq.Expressions;
using Cms.Api;
using Cms.Data;

namespace Cms.Tools;

/// <summary>One tool by what a URL says.</summary>
public sealed class ReadTool(ReadContexts contexts, CompiledQueries queries)
{
    public Task<PublicTool?> Handle(string slug, ColumnSet columns, CancellationToken cancellationToken) =>
        contexts.FirstAsync(
            queries,
            "tool by slug",
            slug,
            (db, s) => db.Tools.Where(t => t.Slug == s),
            PublicTool.Columns,
            columns,
            cancellationToken
        );
}

/// <summary>Tools by id.</summary>
public sealed class ToolById(ReadContexts contexts, CompiledQueries queries)
    : RowById<ToolId, Tool, PublicTool>(contexts, queries)
{
    private protected override Projection<Tool, PublicTool> Rows => PublicTool.Columns;

    private protected override Expression<Func<CmsDbContext, ToolId, IQueryable<Tool>>> One { get; } =
        (db, id) => db.Tools.Where(t => t.Id == id);

    private protected override Expression<Func<CmsDbContext, List<ToolId>, IQueryable<Tool>>> Many { get; } =
        (db, ids) => db.Tools.Where(t => ids.Contains(t.Id));

    private protected override ToolId KeyOf(PublicTool row) => row.Id;
}
