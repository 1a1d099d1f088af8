using Cms.Access;
using Cms.Api;

namespace Cms.Staff;

[QueryType]
public static class DeskQueries
{
    /// <summary>What staff work on.</summary>
    [Authorize(Policies.Author)]
    public static Desk? GetDesk() => new();
}
