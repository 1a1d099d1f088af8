using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

internal sealed class NotReadOnlyError : ValidationError
{
    public NotReadOnlyError(ROM source, ASTNode operation)
        : base(source, null!, "Only queries can be sent with GET. Send this operation with POST.", operation) =>
        Code = ErrorCodes.MethodNotAllowed;
}
