using Cms.GraphQL;
using Cms.People;
using Cms.Reading;
using Cms.Taxonomy;
using Microsoft.EntityFrameworkCore;

namespace Cms.Tools;

[ObjectType<DeskRoot>]
public static class ToolDesk
{
    /// <summary>All tools, in order of slug, including those that are not yet public.</summary>
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

    /// <summary>A tool; null if none has this id.</summary>
    /// <param name="id">The id of the tool.</param>
    [Authorize(Policies.Author)]
    public static Task<Tool?> GetToolAsync(
        ToolId id,
        [Service] ReadDeskTool tool,
        CancellationToken cancellationToken
    ) => tool.Handle(id, cancellationToken);
}

/// <summary>Reads a tool, whether or not it is public.</summary>
public sealed class ReadDeskTool(ReadContexts contexts)
{
    public async Task<Tool?> Handle(ToolId id, CancellationToken cancellationToken)
    {
        using var lease = await contexts.RentAsync(cancellationToken);
        return await lease.Db.Tools.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
    }
}
