using System.Diagnostics.CodeAnalysis;

namespace Cms.GraphQL;

/// <summary>The result of an operation: its value, or the errors if it was rejected.</summary>
public readonly record struct Result<T>
{
    public T? Value { get; private init; }

    /// <summary>The errors; empty if the operation succeeded.</summary>
    public IReadOnlyList<UserError> Errors
    {
        get => field ?? [];
        private init;
    }

    public bool IsRefused => Errors.Count > 0;

    /// <summary>Returns a result with a different value if the operation succeeded, or with the same errors.</summary>
    public Result<TOther> Then<TOther>(TOther value) => new() { Value = IsRefused ? default : value, Errors = Errors };

    /// <summary>Returns whether the operation succeeded, with its value or its errors.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, out IReadOnlyList<UserError> errors)
    {
        (value, errors) = (Value, Errors);
        return errors.Count == 0;
    }

    public static implicit operator Result<T>(T value) => new() { Value = value };

    public static implicit operator Result<T>(UserError error) => new() { Errors = [error] };

    public static implicit operator Result<T>(List<UserError> errors) => new() { Errors = errors };
}
