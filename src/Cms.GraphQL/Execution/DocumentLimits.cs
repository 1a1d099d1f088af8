namespace Cms.GraphQL.Execution;

/// <summary>How large a document may be. What a document costs to answer is another question, asked later.</summary>
internal static class DocumentLimits
{
    /// <summary>Characters of text.</summary>
    public const int Length = 64_000;

    /// <summary>Nested brackets of any sort, so that the parser's own stack is safe.</summary>
    public const int ParserDepth = 64;

    /// <summary>Levels of fields, introspection not counted.</summary>
    public const int Depth = 15;

    /// <summary>Fields of an operation, fragments spread out, and of all operations together: each is validated.</summary>
    public const int Fields = 1_500;
    public const int FieldsOfAll = 3_000;

    /// <summary>
    /// Things that introspection finds, told from <see cref="Introspected"/>: once and a half what tools ask for, who want
    /// the whole schema with types wrapped ten deep.
    /// </summary>
    public const int Found = 500_000;

    public const int Operations = 20;

    public const int Fragments = 100;

    public const int Aliases = 200;

    /// <summary>Directives in the whole document, and on one thing.</summary>
    public const int Directives = 200;
    public const int DirectivesInOnePlace = 10;

    /// <summary>Comparisons of a field with another of its name in the same place, arguments weighed in.</summary>
    public const int Comparisons = 20_000;

    /// <summary>What stands in each selection, fragments spread out, all selections added up.</summary>
    public const int Spread = 50_000;

    /// <summary>Literal values in arguments, list items and object fields each counted.</summary>
    public const int Values = 4_000;
    public const int ListLength = 500;
    public const int ObjectFields = 100;

    /// <summary>Variables that operations declare.</summary>
    public const int Variables = 100;

    /// <summary>
    /// How many things a field of introspection is taken to find, which leads from types to fields to types without end.
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
