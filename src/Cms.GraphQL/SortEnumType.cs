namespace Cms.GraphQL;

/// <summary>Which way a list is ordered.</summary>
public enum SortEnumType
{
    /// <summary>Smallest, or oldest, first.</summary>
    Asc,

    /// <summary>Largest, or newest, first.</summary>
    Desc,
}
