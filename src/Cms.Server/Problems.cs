using Cms.GraphQL;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Server;

/// <summary>What is refused at addresses beside GraphQL (RFC 9457), with the code that GraphQL has for the same reason.</summary>
internal static class Problems
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">One of <see cref="ErrorCodes" />, or <see cref="CodeOf" /> a refusal.</param>
    /// <param name="sentence">What is wrong, and what to do.</param>
    public static ProblemHttpResult Of(int status, string code, string sentence) =>
        TypedResults.Problem(
            sentence,
            statusCode: status,
            extensions: [KeyValuePair.Create<string, object?>("code", code)]
        );

    /// <summary>The name of the type that GraphQL answers with where a mutation is refused so.</summary>
    public static string CodeOf(Type refusal) => $"{refusal.Name}Error";

    /// <inheritdoc cref="CodeOf(Type)" />
    public static string CodeOf<TRefusal>()
        where TRefusal : UserError => CodeOf(typeof(TRefusal));
}
