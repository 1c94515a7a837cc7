/** An expression that cannot be read or evaluated: an author's mistake, in GitHub's words. */
export class ExpressionProblem extends Error {
  override readonly name = "ExpressionProblem";
}
