namespace Cms.GraphQL;

/// <summary>Where a page stands in its list.</summary>
/// <param name="HasNextPage">More items follow this page.</param>
/// <param name="HasPreviousPage">Items come before this page.</param>
/// <param name="StartCursor">The cursor of the first item; null when the page is empty.</param>
/// <param name="EndCursor">The cursor of the last item; null when the page is empty.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
