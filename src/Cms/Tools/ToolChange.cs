using Cms.Changes;
using Cms.GraphQL;
using Cms.Reading;
using GraphQL;
using GraphQL.DataLoader;

namespace Cms.Tools;

/// <summary>A tool became public or was changed.</summary>
/// <param name="Cursor">The cursor of this change. Pass it as `after` to continue after this change.</param>
/// <param name="OccurredAt">When the change was made.</param>
/// <param name="ToolId">The id of the tool.</param>
public sealed record ToolUpserted(string Cursor, DateTimeOffset OccurredAt, ToolId ToolId) : IChange;

[ObjectType<ToolUpserted>]
public static class ToolUpsertedNode
{
    /// <summary>The current tool.</summary>
    public static IDataLoaderResult<PublicTool?> GetToolAsync(
        [Parent] ToolUpserted change,
        [Service] ToolById tools,
        IResolveFieldContext context
    ) => tools.Load(change.ToolId, context.Asked<PublicTool>()).IfVisible();
}
