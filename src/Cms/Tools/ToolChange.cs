using Cms.Changes;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Tools;

/// <summary>A tool was added or changed.</summary>
/// <param name="Cursor">Give it as `after` to go on from this change.</param>
/// <param name="OccurredAt">When it changed.</param>
/// <param name="ToolId">The tool's id.</param>
public sealed record ToolUpserted(string Cursor, DateTimeOffset OccurredAt, ToolId ToolId) : IChange;

[ObjectType<ToolUpserted>]
public static class ToolUpsertedNode
{
    /// <summary>The tool as it is now.</summary>
    public static IDataLoaderResult<PublicTool?> GetToolAsync(
        [Parent] ToolUpserted change,
        [Service] ToolById tools,
        IResolveFieldContext context
    ) => tools.Load(change.ToolId, context.Asked<PublicTool>()).IfVisible();
}
