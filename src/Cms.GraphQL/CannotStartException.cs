namespace Cms.GraphQL;

/// <summary>A setting or the database prevents the start. The message tells the operator what to do.</summary>
public sealed class CannotStartException(string message, Exception? inner = null) : Exception(message, inner);
