using Cms.Api;
using Cms.Data;

namespace Cms.Tools;

/// <summary>One tool by what a URL says.</summary>
public sealed class ReadTool(ReadContexts contexts, CompiledQueries queries)
{
    public async Task<PublicTool?> Handle(string slug, ColumnSet columns, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await queries
            .Get<string, Tool, PublicTool>(
                "tool by slug",
                PublicTool.Columns.Read(columns).Bits,
                (db, s) => db.Tools.Where(t => t.Slug == s),
                () => PublicTool.Columns.Of(columns)
            )(lease.Db, slug)
            .FirstOrDefaultAsync(cancellationToken);
    }
}

/// <summary>Tools by id.</summary>
public sealed class ToolById(ReadContexts contexts, CompiledQueries queries) : BatchLoader<ToolId, PublicTool?>
{
    protected override async Task<Dictionary<ToolId, PublicTool?>> ReadAsync(
        List<ToolId> keys,
        ColumnSet columns,
        CancellationToken cancellationToken
    )
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        var rows = await queries
            .Read(
                "tools by id",
                lease.Db,
                keys,
                PublicTool.Columns,
                columns,
                (db, id) => db.Tools.Where(t => t.Id == id),
                (db, ids) => db.Tools.Where(t => ids.Contains(t.Id))
            )
            .ReadAllAsync(keys.Count, cancellationToken);
        return rows.ToDictionary(row => row.Id, PublicTool? (row) => row);
    }
}
