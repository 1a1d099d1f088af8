namespace Cms.GraphQL;

/// <summary>
/// Thrown when a setting, a file or the database prevents the application from starting. The message tells the
/// operator what to do.
/// </summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);
