using Cms.GraphQL;

namespace Cms.People;

[QueryType]
public static class DeskQueries
{
    /// <summary>What staff work on.</summary>
    [Authorize(Policies.Author)]
    public static DeskRoot? GetDesk() => new();
}
