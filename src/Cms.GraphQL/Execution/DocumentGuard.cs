using GraphQL.Execution;
using GraphQLParser;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;

namespace Cms.GraphQL.Execution;

/// <summary>
/// Parses a document, and rejects it if validation would cost more than execution. This check takes time linear in the
/// document's length. Validation does not: 900 bytes of nested fragments took seconds.
/// </summary>
public sealed class DocumentGuard : IDocumentBuilder
{
    public GraphQLDocument Build(string body)
    {
        if (body.Length > DocumentLimits.Length)
        {
            throw TooLarge($"A document may have at most {DocumentLimits.Length} characters.");
        }

        GraphQLDocument document;

        try
        {
            document = Parser.Parse(
                body,
                new ParserOptions { Ignore = IgnoreOptions.Comments, MaxDepth = DocumentLimits.ParserDepth }
            );
        }
        catch (GraphQLMaxDepthExceededException)
        {
            throw TooLarge("The document is nested too deeply.");
        }
        catch (GraphQLSyntaxErrorException error)
        {
            throw new SyntaxError(error);
        }

        new DocumentSize(document).Check();
        return document;
    }

    internal static RequestError TooLarge(string message) => new(ErrorCodes.DocumentTooLarge, message);
}
