namespace Cms.GraphQL;

/// <summary>
/// A setting or the database prevents the server from starting. The message tells the operator what to do.
/// </summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);
