namespace Cms.GraphQL;

/// <summary>Well-formed JSON, stored as text and sent unchanged.</summary>
public readonly record struct JsonText(string Value)
{
    public override string ToString() => Value;
}
