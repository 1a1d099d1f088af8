using System.Diagnostics.CodeAnalysis;

namespace Cms.GraphQL;

/// <summary>What an operation gives back: its value, or the reasons it was refused.</summary>
public readonly record struct Result<T>
{
    public T? Value { get; private init; }

    /// <summary>Empty when the operation succeeded.</summary>
    public IReadOnlyList<UserError> Errors
    {
        get => field ?? [];
        private init;
    }

    public bool IsRefused => Errors.Count > 0;

    /// <summary>The reasons of a refusal, or another value in place of this one.</summary>
    public Result<TOther> Then<TOther>(TOther value) => new() { Value = IsRefused ? default : value, Errors = Errors };

    /// <summary>Tells success from refusal, giving the value or the reasons.</summary>
    public bool Succeeded([NotNullWhen(true)] out T? value, out IReadOnlyList<UserError> errors)
    {
        (value, errors) = (Value, Errors);
        return errors.Count == 0;
    }

    public static implicit operator Result<T>(T value) => new() { Value = value };

    public static implicit operator Result<T>(UserError error) => new() { Errors = [error] };

    public static implicit operator Result<T>(List<UserError> errors) => new() { Errors = errors };
}
