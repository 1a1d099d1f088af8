namespace Cms.GraphQL;

/// <summary>
/// The value of an input field that can be left out. A field that was sent as null has a value: null. A variable
/// without a value counts as left out (GraphQL specification, section 3.10).
/// </summary>
/// <param name="Value">The value that was sent; the default of its type if the field was left out.</param>
public readonly record struct Optional<T>(T Value)
{
    /// <summary>Whether the field was sent.</summary>
    public bool HasValue { get; } = true;

    /// <summary>Returns the value that was sent, or the current one if the field was left out.</summary>
    public T Or(T current) => HasValue ? Value : current;

    public static implicit operator Optional<T>(T value) => new(value);
}
