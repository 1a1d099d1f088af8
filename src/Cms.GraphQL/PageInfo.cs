namespace Cms.GraphQL;

/// <summary>The position of a page in its list.</summary>
/// <param name="HasNextPage">Whether more items follow this page.</param>
/// <param name="HasPreviousPage">Whether items precede this page.</param>
/// <param name="StartCursor">The cursor of the first item; null if the page is empty.</param>
/// <param name="EndCursor">The cursor of the last item; null if the page is empty.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);
