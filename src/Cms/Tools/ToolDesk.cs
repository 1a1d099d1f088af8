using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Tools;

[ObjectType<DeskRoot>]
public static class ToolDesk
{
    /// <summary>Every tool, by slug, those included that readers do not see yet.</summary>
    [Authorize(Policies.Author)]
    public static Task<Connection<Tool>?> GetToolsAsync(
        PageArguments page,
        [Service] ReadContexts contexts,
        CancellationToken cancellationToken
    ) =>
        contexts.PageBySlugAsync(
            "desk tools",
            page,
            db => db.Tools.AsNoTracking(),
            tool => tool,
            tool => tool.Id,
            subject: null,
            cancellationToken
        )!;

    /// <summary>One tool with its version; null when there is none.</summary>
    /// <param name="id">Its id.</param>
    [Authorize(Policies.Author)]
    public static Task<Tool?> GetToolAsync(
        ToolId id,
        [Service] ReadDeskTool tool,
        CancellationToken cancellationToken
    ) => tool.Handle(id, cancellationToken);
}

/// <summary>One tool as staff work on it.</summary>
public sealed class ReadDeskTool(ReadContexts contexts)
{
    public async Task<Tool?> Handle(ToolId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Tools.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
    }
}
