using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Cms.GraphQL.Execution;

internal sealed class NotReadOnlyError : ValidationError
{
    public NotReadOnlyError(ROM source, ASTNode operation)
        : base(source, null!, "Only a query may be sent by GET; send this operation by POST.", operation) =>
        Code = ErrorCodes.MethodNotAllowed;
}
