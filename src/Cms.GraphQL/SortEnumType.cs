namespace Cms.GraphQL;

/// <summary>The direction of a sort order.</summary>
public enum SortEnumType
{
    /// <summary>Ascending: smallest or oldest first.</summary>
    Asc,

    /// <summary>Descending: largest or newest first.</summary>
    Desc,
}
