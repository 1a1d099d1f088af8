using Cms.GraphQL;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Cms.Server;

/// <summary>Problem details (RFC 9457) for endpoints other than GraphQL, with the error codes of GraphQL.</summary>
internal static class Problems
{
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">One of <see cref="ErrorCodes" />, or the result of <see cref="CodeOf" />.</param>
    /// <param name="sentence">A sentence that says what is wrong and what to do.</param>
    public static ProblemHttpResult Of(int status, string code, string sentence) =>
        TypedResults.Problem(
            sentence,
            statusCode: status,
            extensions: [KeyValuePair.Create<string, object?>("code", code)]
        );

    /// <summary>Returns the code of a refusal: the name of the GraphQL type that a mutation returns for it.</summary>
    public static string CodeOf(Type refusal) => $"{refusal.Name}Error";

    /// <inheritdoc cref="CodeOf(Type)" />
    public static string CodeOf<TRefusal>()
        where TRefusal : UserError => CodeOf(typeof(TRefusal));
}
