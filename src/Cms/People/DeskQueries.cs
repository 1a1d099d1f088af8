using Cms.GraphQL;

namespace Cms.People;

[QueryType]
public static class DeskQueries
{
    /// <summary>The editorial desk, for staff only.</summary>
    [Authorize(Policies.Author)]
    public static DeskRoot? GetDesk() => new();
}
