namespace Cms.GraphQL;

/// <summary>A setting or the database prevents the start. The message says in one sentence what an operator can do.</summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);
