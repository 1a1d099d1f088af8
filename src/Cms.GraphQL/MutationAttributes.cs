namespace Cms.GraphQL;

/// <summary>
/// Declares the errors that a mutation can return. Returning an undeclared error is a server fault. A method can have
/// several of these attributes.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class ErrorsAttribute(params Type[] types) : Attribute
{
    public IReadOnlyList<Type> Types => types;
}

/// <summary>Sets the name of the object in a mutation's payload, where the name of its type does not fit.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PayloadAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>What the descriptions call the object, where its name does not fit.</summary>
    public string? Words { get; init; }
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T>() : ErrorsAttribute(typeof(T))
    where T : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2>() : ErrorsAttribute(typeof(T1), typeof(T2))
    where T1 : UserError
    where T2 : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2, T3>() : ErrorsAttribute(typeof(T1), typeof(T2), typeof(T3))
    where T1 : UserError
    where T2 : UserError
    where T3 : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2, T3, T4>() : ErrorsAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4))
    where T1 : UserError
    where T2 : UserError
    where T3 : UserError
    where T4 : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2, T3, T4, T5>()
    : ErrorsAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5))
    where T1 : UserError
    where T2 : UserError
    where T3 : UserError
    where T4 : UserError
    where T5 : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2, T3, T4, T5, T6>()
    : ErrorsAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5), typeof(T6))
    where T1 : UserError
    where T2 : UserError
    where T3 : UserError
    where T4 : UserError
    where T5 : UserError
    where T6 : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2, T3, T4, T5, T6, T7>()
    : ErrorsAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5), typeof(T6), typeof(T7))
    where T1 : UserError
    where T2 : UserError
    where T3 : UserError
    where T4 : UserError
    where T5 : UserError
    where T6 : UserError
    where T7 : UserError;

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ErrorsAttribute<T1, T2, T3, T4, T5, T6, T7, T8>()
    : ErrorsAttribute(typeof(T1), typeof(T2), typeof(T3), typeof(T4), typeof(T5), typeof(T6), typeof(T7), typeof(T8))
    where T1 : UserError
    where T2 : UserError
    where T3 : UserError
    where T4 : UserError
    where T5 : UserError
    where T6 : UserError
    where T7 : UserError
    where T8 : UserError;
