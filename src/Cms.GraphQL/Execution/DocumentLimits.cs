namespace Cms.GraphQL.Execution;

/// <summary>The limits on the size of a document. The cost of executing it is checked later.</summary>
internal static class DocumentLimits
{
    /// <summary>The characters in the text.</summary>
    public const int Length = 64_000;

    /// <summary>The depth of nested brackets of any kind, so that the parser does not overflow its stack.</summary>
    public const int ParserDepth = 64;

    /// <summary>The levels of fields, not counting introspection.</summary>
    public const int Depth = 15;

    /// <summary>
    /// The fields of one operation, and of all operations together, because all are validated. Fragments are expanded.
    /// </summary>
    public const int Fields = 1_500;
    public const int FieldsOfAll = 3_000;

    /// <summary>
    /// The estimated number of items that introspection returns (see <see cref="Introspected"/>). The limit is 1.5
    /// times the estimate for the queries of tools, which read the whole schema with types wrapped ten levels deep.
    /// </summary>
    public const int Found = 500_000;

    public const int Operations = 20;

    public const int Fragments = 100;

    public const int Aliases = 200;

    /// <summary>The directives in the whole document and in one place.</summary>
    public const int Directives = 200;
    public const int DirectivesInOnePlace = 10;

    /// <summary>The comparisons of fields with the same name in the same place, weighted by their arguments.</summary>
    public const int Comparisons = 20_000;

    /// <summary>The size of each selection set with fragments expanded, summed over all selection sets.</summary>
    public const int Spread = 50_000;

    /// <summary>The literal values in arguments. Each list item and each object field counts.</summary>
    public const int Values = 4_000;
    public const int ListLength = 500;
    public const int ObjectFields = 100;

    /// <summary>The variables that all operations declare.</summary>
    public const int Variables = 100;

    /// <summary>
    /// Returns how many items an introspection field is assumed to return. Introspection can be nested without end,
    /// from types to fields and back to types.
    /// </summary>
    public static int Introspected(ReadOnlySpan<char> field) =>
        field switch
        {
            "types" => 100,
            "fields" => 20,
            "inputFields" or "interfaces" or "possibleTypes" or "enumValues" or "directives" => 10,
            "args" => 2,
            _ => 1,
        };
}
